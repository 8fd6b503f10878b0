import { expect, test } from "vitest";
import { claimsOf } from "./report";

test.each([
  ["user:12", { userId: 12 }],
  ["team:12", { teamId: 12 }],
  ["user:person-7f", { userId: "person-7f" }],
  ["user:tenant:a:12", { userId: "tenant:a:12" }],
  ["team:9223372036854775807", { teamId: "9223372036854775807" }],
  ["user:012", { userId: "012" }],
  ["user:1e3", { userId: "1e3" }],
  ["visitor:12", { visitorId: "12" }],
  [null, {}],
])("the subject %s is claimed as %j: no id becomes another one", (subject, claims) => {
  expect(claimsOf(subject)).toEqual(claims);
});
