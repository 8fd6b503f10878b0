import { ExperimentError } from "@calcom/features/experiments/server";
import { logger } from "@calcom/lib/logger";
import { expect, test, vi } from "vitest";
import { getExperiment } from "./get-experiment";

const decide = vi.fn();
vi.mock("@calcom/features/experiments/server", async (original) => ({
  ...(await original<object>()),
  experiments: () => ({ decide, decideFor: decide }),
}));
vi.mock("@/lib/identity", () => ({ getIdentity: async () => ({ userId: 1 }) }));
vi.mock("next/headers", () => ({ headers: async () => new Headers() }));

test.each([{}, { subject: { userId: 1 } }])(
  "a fault of the code shows control, and is in the log as what it is (%j)",
  async (options) => {
    const log = vi.spyOn(logger, "error").mockImplementation(() => {});
    const fault = new TypeError("Cannot read properties of undefined");
    decide.mockRejectedValueOnce(fault);
    expect(await getExperiment("pricing-tiers", options)).toMatchObject({
      variant: null,
      reason: "unavailable",
      isControl: true,
    });
    expect(log).toHaveBeenCalledExactlyOnceWith(
      expect.stringContaining("was not decided"),
      expect.objectContaining({ slug: "pricing-tiers", error: fault }),
    );
  },
);

test("a foreign team is refused", async () => {
  const refused = new ExperimentError("claim_refused", "You are not a member of that team.");
  decide.mockRejectedValueOnce(refused);
  await expect(getExperiment("pricing-tiers", { team: 7 })).rejects.toBe(refused);
});
