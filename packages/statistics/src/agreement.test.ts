import { test } from "vitest";
import { expectAgreement } from "./testing/agreement";

test.each(["sequential", "fixed"] as const)(
  "p, intervals, rows, guardrails and the verdict never contradict one another in 2,000 results in %s mode",
  (mode) => expectAgreement(mode, 2_000),
  180_000,
);
