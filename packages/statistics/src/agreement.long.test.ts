import { test } from "vitest";
import { expectAgreement } from "./testing/agreement";

test.each(["sequential", "fixed"] as const)(
  "p, intervals, rows, guardrails and the verdict never contradict one another in 20,000 results in %s mode",
  (mode) => expectAgreement(mode, 20_000),
  180_000,
);
