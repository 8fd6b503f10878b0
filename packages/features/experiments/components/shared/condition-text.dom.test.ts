import { expect, test } from "vitest";
import type { Condition } from "../../lib/conditions/condition";
import { fromCondition } from "../form/targeting/read-condition";
import { t as english } from "../testing/in-english";
import { conditionText } from "./condition-text";

const joined = (type: "conjunction" | "disjunction") => (parts: string[]) =>
  new Intl.ListFormat("en", { type }).format(parts);
const words = { t: english, list: joined("disjunction"), all: joined("conjunction") };

const cases: [Condition, string][] = [
  [{}, ""],
  [{ country: "DE" }, "country is DE"],
  [{ country: { $in: ["DE", "AT"] } }, "country is one of DE or AT"],
  [{ country: "DE", seats: { $gt: 5 } }, "country is DE and seats is greater than 5"],
  [{ $or: [{ country: "DE" }, { beta: { $exists: true } }] }, "country is DE or beta is set"],
  [
    { $and: [{ seats: { $gte: 5 } }, { $or: [{ country: "DE" }, { country: "AT" }] }] },
    "seats is at least 5 and (country is DE or country is AT)",
  ],
];

test.each(cases)("%o reads as a sentence", (condition, sentence) => {
  const group = fromCondition(condition);
  expect(group && conditionText(group, words)).toBe(sentence);
});
