import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type ExperimentTransport, registerExperimentTransport } from "../lib/client/transport";
import { trackConversion, trackExperimentConversion } from "./track-conversion";

const sendConversion = vi.fn<ExperimentTransport["sendConversion"]>();
beforeEach(() => {
  sendConversion.mockReset();
  registerExperimentTransport({ sendConversion } as Partial<ExperimentTransport> as ExperimentTransport);
});
afterEach(() => registerExperimentTransport(undefined));

test("an event is sent once, whatever number of experiments count it, and names none of them", () => {
  trackConversion("signed_up");
  trackConversion("invited", { key: "invitation-7", teamId: 4 });
  expect(sendConversion.mock.calls).toEqual([
    [{ event: "signed_up", subject: null, key: undefined }],
    [{ event: "invited", subject: "team:4", key: "invitation-7" }],
  ]);
});

test("an event of one experiment names it, and is not sent where no variant was shown", () => {
  trackExperimentConversion("upgrade-button-test", "urgent", "deterministic", { conversionEvent: "clicked" });
  trackExperimentConversion("upgrade-button-test", null, null, { conversionEvent: "clicked" });
  trackExperimentConversion("upgrade-button-test", undefined, null, { conversionEvent: "clicked" });
  expect(sendConversion.mock.calls).toEqual([
    [{ slug: "upgrade-button-test", event: "clicked", subject: null, key: undefined }],
  ]);
});

test("a transport that breaks its promise breaks no button", () => {
  sendConversion.mockImplementation(() => {
    throw new Error("no queue");
  });
  expect(() => trackConversion("signed_up")).not.toThrow();
  expect(sendConversion).toHaveBeenCalledOnce();
});

test("an application without a transport of its own reports to the route at its usual place", async () => {
  registerExperimentTransport(undefined);
  const fetched = vi.spyOn(globalThis, "fetch").mockResolvedValue(new Response(null, { status: 204 }));
  trackConversion("signed_up");
  await vi.waitFor(() => expect(fetched).toHaveBeenCalledOnce(), { timeout: 20_000 });
  expect(fetched.mock.calls[0]?.[0]).toBe("/api/experiments/conversions");
});
