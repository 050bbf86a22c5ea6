package org.skerry.postgres.schema;

/** Tables as Tryton makes them: keys from sequences, stamps, nothing deferrable. */
final class Clinic {
  private static final String STAMPS =
      ", create_uid integer, create_date timestamp(6), write_uid integer, write_date timestamp(6)";

  private Clinic() {}

  static final String[] TABLES = {
    "CREATE TABLE ir_model_data (id serial PRIMARY KEY, module varchar NOT NULL,"
        + " fs_id varchar NOT NULL, model varchar NOT NULL, db_id integer)",
    "CREATE TABLE ir_lang (id serial PRIMARY KEY, code varchar NOT NULL UNIQUE)",
    "CREATE TABLE party_party (id serial PRIMARY KEY, code varchar NOT NULL UNIQUE, name varchar,"
        + " active boolean DEFAULT false, lang integer REFERENCES ir_lang (id)"
        + STAMPS
        + ")",
    "CREATE TABLE party_address (id serial PRIMARY KEY, city varchar, sequence integer,"
        + " party integer NOT NULL REFERENCES party_party (id) ON DELETE CASCADE"
        + STAMPS
        + ")",
    "CREATE TABLE party_category (id serial PRIMARY KEY, name varchar NOT NULL,"
        + " parent integer REFERENCES party_category (id)"
        + STAMPS
        + ", EXCLUDE (name WITH =, coalesce(parent, -1) WITH =))",
    "CREATE TABLE party_category_rel (id serial PRIMARY KEY,"
        + " party integer NOT NULL REFERENCES party_party (id),"
        + " category integer NOT NULL REFERENCES party_category (id)"
        + STAMPS
        + ")",
    "CREATE TABLE audit_log (at timestamptz, text varchar)",
    "INSERT INTO ir_lang (code) VALUES ('en'), ('es')",
    "INSERT INTO ir_model_data (module, fs_id, model, db_id)"
        + " VALUES ('ir', 'lang_en', 'ir.lang', 1), ('ir', 'lang_es', 'ir.lang', 2)",
  };
}
