#!/usr/bin/env python3
"""Drives a node with satellites, and PostgreSQL's own logical replication beside it; bench/postgres starts both.

Each figure is printed as it is measured. CPU is that of the node's process alone, user and system."""
import argparse, base64, json, os, random, statistics, time, urllib.request

import psycopg2

parser = argparse.ArgumentParser()
parser.add_argument('--url')
parser.add_argument('--pass', dest='password')
parser.add_argument('--pid', type=int)
parser.add_argument('--port', type=int)
parser.add_argument('--rows', type=int, default=100_000, help='rows in transactions of 1,000')
parser.add_argument('--singles', type=int, default=5_000, help='rows in a transaction each')
parser.add_argument('--latencies', type=int, default=500)
parser.add_argument('--big', type=int, default=0, help='rows of the table in which nothing changed; 0: those of --rows')
parser.add_argument('--cycles', type=int, default=20)
a = parser.parse_args()

TICK = os.sysconf('SC_CLK_TCK')
TABLE = '''CREATE TABLE person (id serial PRIMARY KEY, code text UNIQUE, name text, born date, weight numeric, note text,
  seen timestamp DEFAULT now())'''
MAPPING = {'tables': [{'name': 'person', 'columns': ['code', 'name', 'born', 'weight', 'note', 'seen']}]}
R = random.Random(7)


def cpu():
    fields = open('/proc/%d/stat' % a.pid).read().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def http(method, path, body=None):
    request = urllib.request.Request(a.url + path, None if body is None else json.dumps(body).encode(), method=method)
    request.add_header('Authorization', 'Basic ' + base64.b64encode(('admin:' + a.password).encode()).decode())
    request.add_header('Content-Type', 'application/json')
    with urllib.request.urlopen(request, timeout=900) as answer:
        return json.load(answer)


def connect(database):
    connection = psycopg2.connect(host='127.0.0.1', port=a.port, user='bench', dbname=database)
    connection.autocommit = True
    return connection


def make(database):
    with connect('postgres').cursor() as cursor:
        cursor.execute('CREATE DATABASE ' + database)
    connection = connect(database)
    connection.cursor().execute(TABLE)
    return connection


def insert(connection, first, count, of):
    """Rows in transactions of so many."""
    cursor = connection.cursor()
    for start in range(first, first + count, of):
        rows = [('c%d' % i, 'Ana Ochieng García %d' % i, '19%02d-02-03' % (i % 100), '%d.%02d' % (i % 120, i % 100), 'x' * R.randint(40, 120))
                for i in range(start, min(first + count, start + of))]
        cursor.execute('INSERT INTO person (code, name, born, weight, note) VALUES '
                       + ','.join(cursor.mogrify('(%s,%s,%s,%s,%s)', row).decode() for row in rows))


def count(connection):
    cursor = connection.cursor()
    cursor.execute('SELECT count(*) FROM person')
    return cursor.fetchone()[0]


def until(done):
    while not done():
        time.sleep(0.02)


def said(what, rows, seconds, spent=None):
    print('%-58s %9.0f rows/s%s' % (what, rows / seconds, '' if spent is None else '   %6.1f µs CPU a row' % (1e6 * spent / rows)), flush=True)


def satellite(name, database, into='health', **more):
    document = {'url': 'postgresql://127.0.0.1:%d/%s' % (a.port, database), 'user': 'bench', 'password': 'none', 'database': into,
                'mapping': MAPPING}
    document.update(more)
    try:
        document['_rev'] = http('GET', '/_postgres/' + name)['_rev']
    except urllib.error.HTTPError:
        pass
    http('PUT', '/_postgres/' + name, document)


def runs(name, seconds=None):
    """Waits until the node has seen the document."""
    until(lambda: any(one['satellite'] == name and one['push'].get('seconds') == seconds
                      for one in http('GET', '/_postgres/_status')['satellites']))


def following(name):
    until(lambda: http('GET', '/_postgres/_status/' + name)['push'].get('phase') == 'following')


def documents(name):
    return http('GET', '/_postgres/_status/' + name)['push']['documents']


def latencies(here, there, prefix):
    found = []
    write, read = here.cursor(), there.cursor()
    for i in range(a.latencies):
        code = '%s%d' % (prefix, i)
        begun = time.perf_counter()
        write.execute('INSERT INTO person (code, name) VALUES (%s, %s)', (code, 'seen soon'))
        while True:
            read.execute('SELECT 1 FROM person WHERE code = %s', (code,))
            if read.fetchone():
                break
        found.append(1000 * (time.perf_counter() - begun))
    found.sort()
    return found[len(found) // 2], found[int(len(found) * 0.99)]


http('PUT', '/health')
http('PUT', '/_postgres')
coast, hill, here, there = make('coast'), make('hill'), make('here'), make('there')

# PostgreSQL's own, in one cluster: its slot has to be there before.
here.cursor().execute('CREATE PUBLICATION plain FOR TABLE person')
here.cursor().execute("SELECT pg_create_logical_replication_slot('plain', 'pgoutput')")
there.cursor().execute("CREATE SUBSCRIPTION plain CONNECTION 'host=127.0.0.1 port=%d user=bench dbname=here' PUBLICATION plain "
                       "WITH (create_slot = false, slot_name = 'plain', copy_data = false)" % a.port)

for repetition in (1, 2):
    first = (repetition - 1) * a.rows
    begun = time.perf_counter()
    insert(here, first, a.rows, 1000)
    until(lambda: count(there) == first + a.rows)
    said('plain logical replication, transactions of 1,000 (%d)' % repetition, a.rows, time.perf_counter() - begun)

satellite('coast', 'coast')
runs('coast')
following('coast')
for repetition in (1, 2):
    first = (repetition - 1) * a.rows
    before, begun = cpu(), time.perf_counter()
    insert(coast, first, a.rows, 1000)
    until(lambda: documents('coast') >= first + a.rows)
    said('captured, transactions of 1,000 (%d)' % repetition, a.rows, time.perf_counter() - begun, cpu() - before)

before, begun = cpu(), time.perf_counter()
satellite('hill', 'hill')
until(lambda: count(hill) == 2 * a.rows)
said('applied, all at once', 2 * a.rows, time.perf_counter() - begun, cpu() - before)
following('hill')

before, begun = cpu(), time.perf_counter()
insert(coast, 2 * a.rows, a.rows, 1000)
until(lambda: count(hill) == 3 * a.rows)
said('captured and applied, transactions of 1,000', a.rows, time.perf_counter() - begun, cpu() - before)

before, begun = cpu(), time.perf_counter()
insert(coast, 3 * a.rows, a.singles, 1)
until(lambda: count(hill) == 3 * a.rows + a.singles)
said('captured and applied, a transaction each', a.singles, time.perf_counter() - begun, cpu() - before)
begun = time.perf_counter()
insert(here, 3 * a.rows, a.singles, 1)
until(lambda: count(there) == 2 * a.rows + a.singles)
said('plain logical replication, a transaction each', a.singles, time.perf_counter() - begun)

print('edit to visible, plain logical replication: p50 %.1f ms, p99 %.1f ms' % latencies(here, there, 'plain'), flush=True)
print('edit to visible, through a node: p50 %.1f ms, p99 %.1f ms' % latencies(coast, hill, 'skerry'), flush=True)

# Cycles in which nothing changed, of a small application and of a big one, each with a database of its own.
http('DELETE', '/_postgres/coast?rev=' + http('GET', '/_postgres/coast')['_rev'])
http('DELETE', '/_postgres/hill?rev=' + http('GET', '/_postgres/hill')['_rev'])
small, big = make('small'), make('big')
for connection, rows in ((small, 1000), (big, a.big or 3 * a.rows)):
    connection.cursor().execute("INSERT INTO person (code, name, born, weight, note) SELECT 'c' || n, 'Ana Ochieng García ' || n, "
                                "date '1950-02-03' + n %% 20000, n %% 120 + 0.25, repeat('x', 40 + n %% 80) FROM generate_series(1, %d) n" % rows)
daily = {'push': {'seconds': 86_400}, 'pull': {'enabled': False}}
applications = {'small': small, 'big': big}
for name, connection in applications.items():
    before, begun = cpu(), time.perf_counter()
    satellite(name, name, into=name, **daily)
    runs(name, 86_400)
    http('POST', '/_postgres/_status/%s/run?task=push&wait=600' % name)
    until(lambda: documents(name) >= count(connection))
    said('first pass', count(connection), time.perf_counter() - begun, cpu() - before)
walls, spent = {name: [] for name in applications}, dict.fromkeys(applications, 0.0)
for cycle in range(-3, a.cycles):
    if cycle == -2:
        # PostgreSQL decodes again from the last point that it noted for a slot, whoever's log that is.
        small.cursor().execute('CHECKPOINT')
    for name in applications:
        before, begun = cpu(), time.perf_counter()
        http('POST', '/_postgres/_status/%s/run?task=push&wait=600' % name)
        if cycle >= 0:
            walls[name].append(1000 * (time.perf_counter() - begun))
            spent[name] += cpu() - before
for name, connection in applications.items():
    print('a cycle in which nothing changed, %d rows: median %.1f ms, %.1f ms CPU' % (
        count(connection), statistics.median(walls[name]), 1000 * spent[name] / a.cycles), flush=True)
