// Which index would help a selector: the fields for which it names one value, then one with a range. Nothing is drawn here.

const MOST = 4;

/** Operators by which an index can be entered. */
const EXACT = ["$eq"];
const RANGES = ["$gt", "$gte", "$lt", "$lte", "$in", "$beginsWith"];

export function usefulFields(selector) {
  const exact = [];
  const ranges = [];
  const look = (condition) => {
    for (const [field, wanted] of Object.entries(condition)) {
      if (field === "$and" && Array.isArray(wanted)) {
        wanted.forEach(look);
      } else if (!field.startsWith("$") && field !== "_id") {
        const operators = wanted && typeof wanted === "object" && !Array.isArray(wanted) ? Object.keys(wanted) : ["$eq"];
        if (operators.some((operator) => EXACT.includes(operator))) {
          exact.push(field);
        } else if (operators.some((operator) => RANGES.includes(operator))) {
          ranges.push(field);
        }
      }
    }
  };
  look(selector);
  return [...new Set([...exact, ...ranges.slice(0, 1)])].slice(0, MOST);
}
