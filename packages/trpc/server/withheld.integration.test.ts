import { WITHHELD_REASONS, WITHHELD_STATES } from "@calcom/features/experiments/testing/withheld";
import { testWithheld, type WithheldCase } from "./testing/withheld-cases";

// Each reason in one state, and each state for two reasons; the long tests have all of them together.
const states = [...WITHHELD_STATES, ...WITHHELD_STATES];
await testWithheld(
  WITHHELD_REASONS.map((reason, index): WithheldCase => [reason, states[index] ?? "running"]),
);
