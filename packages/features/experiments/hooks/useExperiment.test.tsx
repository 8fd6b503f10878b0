import { act, cleanup, render, screen, waitFor } from "@testing-library/react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import {
  ExperimentsTestProvider,
  registerExperimentTransport,
  trackExperimentConversion,
  type UseExperimentOptions,
  useExperimentVariant,
  useVisitorExperiment,
} from "../hooks";
import type { ExperimentAnswer } from "../types/answers";
import {
  anAnswer,
  Probe,
  Provided,
  probed,
  recordingTransport,
  settle,
  startAfresh,
} from "./testing/test-probe";

startAfresh();

function Others() {
  const { variant } = useVisitorExperiment("landing-hero-test");
  return `${useExperimentVariant("upgrade-button-test", { userId: 12 })} ${variant}`;
}

describe("what the server decided", () => {
  it("is in the HTML, in the first client render, and in every one after it", async () => {
    recordingTransport();
    const page = (
      <Provided>
        <Probe userId={12} />
      </Provided>
    );
    const host = document.createElement("div");
    host.innerHTML = renderToString(page);
    expect(host.textContent).toBe("upgrade-button-test: urgent");

    probed.variants = [];
    const onRecoverableError = vi.fn();
    const root = await act(() => hydrateRoot(host, page, { onRecoverableError }));
    await settle();
    expect(new Set(probed.variants)).toEqual(new Set(["urgent"]));
    expect(onRecoverableError).not.toHaveBeenCalled();
    act(() => root.unmount());
  });

  it("asks for nothing", async () => {
    const { fetchMisses } = recordingTransport();
    render(
      <Provided>
        <Probe />
      </Provided>,
    );
    await settle();
    expect(fetchMisses).not.toHaveBeenCalled();
  });

  it("comes with its reason, and with all that the plan names", () => {
    recordingTransport();
    const answer = anAnswer({ reason: "allocated", isNewAssignment: true, payload: { label: "Now" } });
    render(
      <Provided answers={[answer]}>
        <Probe />
      </Provided>,
    );
    expect(probed.result).toMatchObject({
      status: "ready",
      variant: "urgent",
      reason: "allocated",
      isLoading: false,
      isControl: false,
      isNewAssignment: true,
      payload: { label: "Now" },
    });
  });

  it("follows a refresh of the page", () => {
    recordingTransport();
    const page = (answers: ExperimentAnswer[]) => (
      <Provided answers={answers}>
        <Probe />
      </Provided>
    );
    const { rerender } = render(page([anAnswer()]));
    rerender(page([anAnswer({ variant: "control", reason: "winner", isControl: true })]));
    expect(probed.result).toMatchObject({ variant: "control", reason: "winner" });
  });

  it("is found through an inner provider of the same person, and not through one of another", async () => {
    const { fetchMisses } = recordingTransport();
    const inner = (subject: string) => (
      <Provided>
        <Provided subject={subject} answers={[anAnswer({ slug: "pricing-tiers" })]}>
          <Probe />
        </Provided>
      </Provided>
    );
    render(inner("user:12"));
    expect(probed.result.variant).toBe("urgent");
    cleanup();
    render(inner("user:13"));
    expect(probed.result.status).toBe("loading");
    await waitFor(() => expect(fetchMisses).toHaveBeenCalledOnce());
  });
});

describe("a claim that the server does not share", () => {
  it.each<[string, Partial<ExperimentAnswer>, UseExperimentOptions]>([
    ["another user", {}, { userId: 13 }],
    ["another team", { unit: "team", subject: "team:4" }, { teamId: 5 }],
    ["another visitor", { unit: "visitor", subject: "visitor:a" }, { visitorId: "b" }],
  ])("of %s shows control, and counts nothing", async (_, answer, claim) => {
    const { exposures, conversions } = recordingTransport();
    render(
      <Provided answers={[anAnswer(answer)]}>
        <Probe {...claim} />
      </Provided>,
    );
    probed.result.trackConversion("clicked");
    await settle();
    expect(probed.result).toMatchObject({
      status: "ready",
      variant: null,
      isControl: true,
      reason: "claim_refused",
    });
    expect(exposures).toEqual([]);
    expect(conversions).toEqual([]);
  });

  it("about a unit that is not the experiment's changes nothing", () => {
    recordingTransport();
    render(
      <Provided answers={[anAnswer({ unit: "team", subject: "team:4" })]}>
        <Probe teamId={4} userId={99} />
      </Provided>,
    );
    expect(probed.result.variant).toBe("urgent");
  });

  it("is none while the session is still unknown", () => {
    recordingTransport();
    render(
      <Provided>
        <Probe userId={undefined} />
      </Provided>,
    );
    expect(probed.result.variant).toBe("urgent");
  });
});

describe("conversions", () => {
  it("name the subject that saw the variant", () => {
    const { conversions } = recordingTransport();
    render(
      <Provided answers={[anAnswer({ unit: "team", subject: "team:4" })]}>
        <Probe teamId={4} />
      </Provided>,
    );
    probed.result.trackConversion("clicked", { key: "order-7" });
    expect(conversions).toEqual([
      { slug: "upgrade-button-test", event: "clicked", subject: "team:4", key: "order-7" },
    ]);
  });

  it("can be reported from anywhere, as in the plan's example", () => {
    const { conversions } = recordingTransport();
    const options = { conversionEvent: "billing_button_clicked" };
    trackExperimentConversion("upgrade-button-test", "urgent", "deterministic", options);
    trackExperimentConversion("dashboard-layout-v2", "grid", "deterministic", {
      ...options,
      teamId: 4,
      key: "k",
    });
    trackExperimentConversion("upgrade-button-test", null, null, options);
    expect(conversions).toEqual([
      { slug: "upgrade-button-test", event: "billing_button_clicked", subject: null, key: undefined },
      { slug: "dashboard-layout-v2", event: "billing_button_clicked", subject: "team:4", key: "k" },
    ]);
  });

  it("are no reason to fail where no transport is registered", () => {
    registerExperimentTransport(undefined);
    render(
      <Provided>
        <Probe />
      </Provided>,
    );
    expect(() => probed.result.trackConversion("clicked")).not.toThrow();
  });
});

describe("the other hooks", () => {
  it("show the same answers", () => {
    recordingTransport();
    const visitor = anAnswer({
      slug: "landing-hero-test",
      variant: "benefit-focused",
      unit: "visitor",
      subject: "visitor:a",
    });
    render(
      <Provided answers={[anAnswer(), visitor]}>
        <Others />
      </Provided>,
    );
    expect(document.body.textContent).toBe("urgent benefit-focused");
  });
});

describe("ExperimentsTestProvider", () => {
  it("shows what it was told at once, control for the rest, and reports nothing", async () => {
    const { fetchMisses, exposures } = recordingTransport();
    render(
      <ExperimentsTestProvider variants={{ "pricing-tiers": "variant-a", "landing-hero-test": null }}>
        <Probe slug="pricing-tiers" userId={1} />
        <Probe slug="landing-hero-test" />
        <Probe slug="dashboard-layout-v2" />
      </ExperimentsTestProvider>,
    );
    expect(screen.getByText("pricing-tiers: variant-a")).toBeDefined();
    expect(screen.getByText("landing-hero-test: none")).toBeDefined();
    expect(screen.getByText("dashboard-layout-v2: none")).toBeDefined();
    await settle();
    expect(fetchMisses).not.toHaveBeenCalled();
    expect(exposures).toEqual([]);
  });
});
