import { cleanup, render } from "@testing-library/react";
import { StrictMode } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { registerExperimentTransport } from "../hooks";
import {
  anAnswer,
  Probe,
  Provided,
  probed,
  recordingTransport,
  settle,
  startAfresh,
} from "./testing/test-probe";

afterEach(cleanup);

startAfresh();

describe("exposure", () => {
  it("is sent once for four components that mount twice each", async () => {
    const { exposures } = recordingTransport();
    render(
      <StrictMode>
        <Provided>
          <Probe />
          <Probe />
          <Probe />
          <Probe />
        </Provided>
      </StrictMode>,
    );
    await settle();
    expect(exposures.flatMap(({ seen }) => seen)).toHaveLength(1);
    expect(exposures[0]?.seen[0]?.answer).toMatchObject({ slug: "upgrade-button-test", subject: "user:12" });
  });

  it("of several experiments goes in one batch, each with its age", async () => {
    const { exposures } = recordingTransport();
    render(
      <Provided answers={[anAnswer(), anAnswer({ slug: "pricing-tiers" })]}>
        <Probe />
        <Probe slug="pricing-tiers" />
      </Provided>,
    );
    await settle();
    expect(exposures).toHaveLength(1);
    expect(exposures[0]?.seen.map(({ answer }) => answer.slug)).toEqual([
      "upgrade-button-test",
      "pricing-tiers",
    ]);
    for (const { ageMs } of exposures[0]?.seen ?? []) expect(ageMs).toBeGreaterThan(20);
  });

  it("is not sent again by a component that mounts later", async () => {
    const { exposures } = recordingTransport();
    const { rerender } = render(<Provided>{null}</Provided>);
    for (const isShown of [true, false, true]) {
      rerender(<Provided>{isShown ? <Probe /> : null}</Provided>);
      await settle();
    }
    expect(exposures).toHaveLength(1);
  });

  it("of the next person on the same page is sent for that person", async () => {
    const { exposures } = recordingTransport();
    const page = (id: number) => (
      <Provided key={id} subject={`user:${id}`} answers={[anAnswer({ subject: `user:${id}` })]}>
        <Probe />
      </Provided>
    );
    const { rerender } = render(page(12));
    rerender(page(13));
    await settle();
    expect(exposures.flatMap(({ seen }) => seen.map(({ answer }) => answer.subject))).toEqual([
      "user:12",
      "user:13",
    ]);
  });

  it.each(["pagehide", "visibilitychange"])("does not wait for its batch on %s", (type) => {
    const { exposures } = recordingTransport();
    render(
      <Provided>
        <Probe />
      </Provided>,
    );
    window.dispatchEvent(new Event(type));
    expect(exposures).toMatchObject([{ isLeaving: true }]);
  });

  it("goes out when its provider is removed", () => {
    const { exposures } = recordingTransport();
    const { unmount } = render(
      <Provided>
        <Probe />
      </Provided>,
    );
    unmount();
    expect(exposures).toMatchObject([{ isLeaving: false }]);
  });

  it("that did not arrive goes along when the page is left", async () => {
    const { exposures, transport } = recordingTransport();
    registerExperimentTransport({ ...transport, sendExposures: () => Promise.reject(new Error("offline")) });
    render(
      <Provided>
        <Probe />
      </Provided>,
    );
    await settle();
    registerExperimentTransport(transport);
    window.dispatchEvent(new Event("pagehide"));
    expect(exposures).toHaveLength(1);
    expect(exposures[0]?.seen).toHaveLength(1);
  });

  it("waits for a transport that the application registers later", async () => {
    render(
      <Provided>
        <Probe />
      </Provided>,
    );
    await settle();
    const { exposures } = recordingTransport();
    await settle();
    expect(exposures.flatMap(({ seen }) => seen)).toHaveLength(1);
    expect(exposures[0]?.seen[0]?.ageMs).toBeGreaterThan(80);
  });

  it.each([
    { variant: "urgent", reason: "winner" },
    { variant: "urgent", reason: "override" },
    { variant: null, reason: "not_targeted" },
    { variant: null, reason: "unavailable" },
  ] as const)("is not sent for $reason, nor is a conversion", async (decision) => {
    const { exposures, conversions } = recordingTransport();
    render(
      <Provided answers={[anAnswer(decision)]}>
        <Probe />
      </Provided>,
    );
    probed.result.trackConversion("clicked");
    await settle();
    expect(exposures).toEqual([]);
    expect(conversions).toEqual([]);
  });

  it("is not sent by a skipped hook, which shows control and asks for nothing", async () => {
    const { exposures, fetchMisses } = recordingTransport();
    render(
      <Provided>
        <Probe skip />
        <Probe slug="pricing-tiers" skip />
      </Provided>,
    );
    await settle();
    expect(probed.result).toMatchObject({
      status: "ready",
      variant: null,
      isControl: true,
      reason: "skipped",
    });
    expect(exposures).toEqual([]);
    expect(fetchMisses).not.toHaveBeenCalled();
  });
});
