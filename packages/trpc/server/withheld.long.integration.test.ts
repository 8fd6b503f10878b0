import { WITHHELD_REASONS, WITHHELD_STATES } from "@calcom/features/experiments/testing/withheld";
import { testWithheld, type WithheldCase } from "./testing/withheld-cases";

await testWithheld(
  WITHHELD_REASONS.flatMap((reason) => WITHHELD_STATES.map((state): WithheldCase => [reason, state])),
);
