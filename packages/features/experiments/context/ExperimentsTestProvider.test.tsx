import { act, cleanup, render, screen } from "@testing-library/react";
import { StrictMode, useEffect } from "react";
import { renderToString } from "react-dom/server";
import { afterEach, describe, expect, expectTypeOf, it, vi } from "vitest";
import {
  ExperimentsTestProvider,
  type ExperimentTransport,
  registerExperimentTransport,
  trackConversion,
  trackExperimentConversion,
  useExperiment,
} from "../hooks";
import type { TestAnswer } from "./ExperimentsTestProvider";

afterEach(() => {
  cleanup();
  registerExperimentTransport(undefined);
});

function Probe({ slug = "upgrade-button-test" }: { slug?: "upgrade-button-test" | "pricing-tiers" }) {
  const { trackConversion, ...result } = useExperiment(slug);
  const said = [result.status, result.variant, result.reason, result.isControl, result.isNewAssignment];
  return (
    <button type="button" onClick={() => trackConversion("clicked", { key: "a" })}>
      {[...said, JSON.stringify(result.payload)].join(" ")}
    </button>
  );
}

const shown = () => screen.getByRole("button").textContent;
/** What an experiment of another application carries; this one's have no payloads. */
const withPayload = {
  variant: "urgent",
  payload: { text: "Now" },
} as unknown as TestAnswer<"upgrade-button-test">;

describe("ExperimentsTestProvider shows", () => {
  it.each<[string, TestAnswer<"upgrade-button-test"> | undefined, string]>([
    ["a variant", "urgent", "ready urgent sticky false false null"],
    ["control", "control", "ready control sticky true false null"],
    ["none", null, "ready  not_running true false null"],
    ["none for what was left out", undefined, "ready  not_running true false null"],
    ["a payload", withPayload, 'ready urgent sticky false false {"text":"Now"}'],
    ["a winner", { variant: "urgent", reason: "winner" }, "ready urgent winner false false null"],
    ["a new assignment", { variant: "urgent", isNewAssignment: true }, "ready urgent sticky false true null"],
    [
      "a control of another name",
      { variant: "urgent", isControl: true },
      "ready urgent sticky true false null",
    ],
    ["why there is none", { variant: null, reason: "not_targeted" }, "ready  not_targeted true false null"],
  ])("%s", (_, told, expected) => {
    const page = (
      <ExperimentsTestProvider variants={{ "upgrade-button-test": told }}>
        <Probe />
      </ExperimentsTestProvider>
    );
    expect(renderToString(page)).toContain(expected.replaceAll('"', "&quot;"));
    render(page);
    expect(shown()).toBe(expected);
  });

  it("what is being asked for, and afterwards the answer", () => {
    const { rerender } = render(
      <ExperimentsTestProvider
        variants={{ "upgrade-button-test": "urgent" }}
        loading={["upgrade-button-test"]}
      >
        <Probe />
      </ExperimentsTestProvider>,
    );
    expect(shown()).toBe("loading   true false null");
    rerender(
      <ExperimentsTestProvider variants={{ "upgrade-button-test": "urgent" }}>
        <Probe />
      </ExperimentsTestProvider>,
    );
    expect(shown()).toContain("ready urgent");
  });

  it("what could not be answered", () => {
    render(
      <ExperimentsTestProvider failing={["upgrade-button-test"]}>
        <Probe />
      </ExperimentsTestProvider>,
    );
    expect(shown()).toBe("error  unavailable true false null");
  });
});

describe("ExperimentsTestProvider tells", () => {
  it("each variant that was seen, once, and none that is not counted", () => {
    const onExposure = vi.fn();
    const page = (key: string) => (
      <StrictMode>
        <ExperimentsTestProvider
          onExposure={onExposure}
          variants={{
            "upgrade-button-test": "urgent",
            "pricing-tiers": { variant: "control", reason: "winner" },
          }}
        >
          <Probe key={key} />
          <Probe key={`${key}-2`} slug="pricing-tiers" />
        </ExperimentsTestProvider>
      </StrictMode>
    );
    render(page("a")).rerender(page("b"));
    expect(onExposure.mock.calls).toEqual([["upgrade-button-test", "urgent"]]);
  });

  it("each conversion, whichever function reported it, and none without a variant", () => {
    function Early() {
      useEffect(() => trackConversion("arrived"), []);
      return null;
    }
    const onConversion = vi.fn();
    render(
      <ExperimentsTestProvider variants={{ "upgrade-button-test": "urgent" }} onConversion={onConversion}>
        <Probe />
        <Early />
      </ExperimentsTestProvider>,
    );
    act(() => screen.getByRole("button").click());
    trackExperimentConversion("upgrade-button-test", "urgent", null, { conversionEvent: "paid", teamId: 4 });
    trackExperimentConversion("upgrade-button-test", null, null, { conversionEvent: "paid" });
    expect(onConversion.mock.calls).toEqual([
      [{ event: "arrived", subject: null, key: undefined }],
      [{ slug: "upgrade-button-test", event: "clicked", subject: null, key: "a" }],
      [{ slug: "upgrade-button-test", event: "paid", subject: "team:4", key: undefined }],
    ]);
  });

  it("nobody else: the application's transport is asked nothing, and is back afterwards", async () => {
    const own: ExperimentTransport = {
      fetchMisses: vi.fn(),
      sendExposures: vi.fn(),
      sendConversion: vi.fn(),
    };
    registerExperimentTransport(own);
    const { unmount } = render(
      <ExperimentsTestProvider variants={{ "upgrade-button-test": "urgent" }} loading={["pricing-tiers"]}>
        <Probe />
      </ExperimentsTestProvider>,
    );
    act(() => screen.getByRole("button").click());
    unmount();
    for (const method of Object.values(own)) expect(method).not.toHaveBeenCalled();
    trackConversion("later");
    expect(own.sendConversion).toHaveBeenCalledOnce();
  });
});

it("takes only variants that the experiment has", () => {
  expectTypeOf<"urgent">().toExtend<TestAnswer<"upgrade-button-test">>();
  expectTypeOf<"urgnet">().not.toExtend<TestAnswer<"upgrade-button-test">>();
  expectTypeOf<{ variant: null; reason: "winner" }>().not.toExtend<TestAnswer<"upgrade-button-test">>();
});
