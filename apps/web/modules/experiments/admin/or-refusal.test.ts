import { AppError } from "@calcom/lib/errors";
import { expect, test } from "vitest";
import { orRefusal } from "./or-refusal";

const tell = async ({ message }: Error) => `Told: ${message}`;

test("an answer is passed on", async () => {
  expect(await orRefusal(Promise.resolve({ id: 7 }), tell)).toEqual({ id: 7 });
});

test.each([
  ["not_found", "not_found"],
  ["bad_request", "invalid_id"],
  ["too_many_requests", "rate_limited"],
] as const)("what somebody can ask differently, or later, is told: %s, %s", async (kind, code) => {
  const refused = Promise.reject(new AppError(kind, code, "Check the ID."));
  expect(await orRefusal(refused, tell)).toEqual({ refusal: "Told: Check the ID." });
});

test.each([
  new AppError("forbidden", "not_allowed", "No."),
  new AppError("unavailable", "unavailable", "Later."),
  new Error("A fault"),
])("%s is none of the page's states", async (error) => {
  await expect(orRefusal(Promise.reject(error), tell)).rejects.toBe(error);
});
