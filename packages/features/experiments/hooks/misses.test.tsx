import { cleanup, render, screen } from "@testing-library/react";
import { type ReactNode, StrictMode } from "react";
import { describe, expect, it, vi } from "vitest";
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

startAfresh();

describe("what no provider named", () => {
  it("is asked for once, all of it in one request, and then shown and counted", async () => {
    const { fetchMisses, exposures } = recordingTransport();
    render(
      <StrictMode>
        <Probe slug="pricing-tiers" />
        <Probe slug="pricing-tiers" />
        <Probe slug="landing-hero-test" />
      </StrictMode>,
    );
    expect(probed.result).toMatchObject({
      status: "loading",
      isLoading: true,
      variant: null,
      isControl: true,
    });
    await settle();
    expect(fetchMisses.mock.calls).toEqual([[[{ slug: "pricing-tiers" }, { slug: "landing-hero-test" }]]]);
    expect(screen.getAllByText("pricing-tiers: urgent")).toHaveLength(2);
    await settle();
    expect(exposures.flatMap(({ seen }) => seen.map(({ answer }) => answer.slug)).sort()).toEqual([
      "landing-hero-test",
      "pricing-tiers",
    ]);
  });

  it("is not asked for again while the answer is under way", async () => {
    const { fetchMisses } = recordingTransport();
    let answer = () => {};
    fetchMisses.mockImplementation(async ([miss]) => {
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return [anAnswer({ slug: miss?.slug })];
    });
    const page = (count: number) => (
      <Provided>
        {Array.from({ length: count }, (_, index) => (
          <Probe key={String(index)} slug="pricing-tiers" />
        ))}
      </Provided>
    );
    const { rerender } = render(page(1));
    await settle();
    rerender(page(2));
    await settle();
    answer();
    await settle();
    expect(fetchMisses).toHaveBeenCalledOnce();
    expect(screen.getAllByText("pricing-tiers: urgent")).toHaveLength(2);
  });

  it("is asked for per team", async () => {
    const { fetchMisses } = recordingTransport();
    render(
      <Provided>
        <Probe slug="dashboard-layout-v2" teamId={4} />
        <Probe slug="dashboard-layout-v2" teamId={5} />
      </Provided>,
    );
    await settle();
    expect(fetchMisses.mock.calls).toEqual([
      [
        [
          { slug: "dashboard-layout-v2", teamId: 4 },
          { slug: "dashboard-layout-v2", teamId: 5 },
        ],
      ],
    ]);
  });

  it("shows control where the server refuses the team, and the others their answers", async () => {
    const { fetchMisses } = recordingTransport();
    const answers = (slug: string) => anAnswer({ slug, unit: "team", subject: "team:4" });
    fetchMisses.mockImplementation(async (misses) => {
      if (misses.some(({ teamId }) => teamId === 5))
        throw Object.assign(new Error("not yours"), { code: "claim_refused" });
      return misses.map(({ slug }) => answers(slug));
    });
    render(
      <Provided>
        <Probe slug="pricing-tiers" teamId={4} />
        <Probe slug="dashboard-layout-v2" teamId={5} />
      </Provided>,
    );
    await settle();
    expect(screen.getByText("pricing-tiers: urgent")).toBeDefined();
    expect(probed.result).toMatchObject({ status: "ready", variant: null, reason: "claim_refused" });
  });

  it("is an error with control where nobody answers, and is asked again by the next who mounts", async () => {
    const { fetchMisses } = recordingTransport();
    fetchMisses.mockRejectedValueOnce(new Error("offline"));
    const page = (more: ReactNode) => (
      <Provided>
        <Probe slug="pricing-tiers" />
        {more}
      </Provided>
    );
    const { rerender } = render(page(null));
    await settle();
    expect(probed.result).toMatchObject({
      status: "error",
      variant: null,
      isControl: true,
      isLoading: false,
    });
    expect(probed.result.status === "error" && probed.result.error.message).toBe("offline");

    rerender(page(<Probe slug="pricing-tiers" />));
    await settle();
    expect(fetchMisses).toHaveBeenCalledTimes(2);
    expect(screen.getAllByText("pricing-tiers: urgent")).toHaveLength(2);
  });

  it("goes to the route at its usual place where no transport is registered", async () => {
    registerExperimentTransport(undefined);
    const fetched = vi.spyOn(globalThis, "fetch").mockResolvedValue(new Response(null, { status: 500 }));
    render(
      <Provided>
        <Probe slug="pricing-tiers" />
      </Provided>,
    );
    await vi.waitFor(() => expect(fetched).toHaveBeenCalledOnce(), { timeout: 20_000 });
    expect(fetched.mock.calls[0]?.[0]).toBe("/api/experiments/answers");
    registerExperimentTransport(undefined);
  });
});

describe("the browser's memory of what it asked", () => {
  const page = (changes: { subject?: string; stamp?: string } = {}) => (
    <Provided stamp="1" answers={[]} {...changes}>
      <Probe slug="pricing-tiers" />
    </Provided>
  );
  async function visit(changes?: { subject?: string; stamp?: string }) {
    render(page(changes));
    await settle();
    cleanup();
  }

  it("spares the next page the question", async () => {
    const { fetchMisses } = recordingTransport();
    await visit();
    await visit();
    expect(fetchMisses).toHaveBeenCalledOnce();
    expect(probed.result).toMatchObject({ variant: "urgent", isNewAssignment: false });
  });

  it("is not believed once any experiment has changed", async () => {
    const { fetchMisses } = recordingTransport();
    await visit();
    await visit({ stamp: "2" });
    expect(fetchMisses).toHaveBeenCalledTimes(2);
  });

  it("is nobody else's", async () => {
    const { fetchMisses } = recordingTransport();
    await visit();
    await visit({ subject: "user:13" });
    expect(fetchMisses).toHaveBeenCalledTimes(2);
  });

  it.each([
    { variant: null, reason: "not_targeted" },
    { variant: "urgent", reason: "override" },
  ] as const)("keeps no $reason, which may be otherwise the next time", async (decision) => {
    const { fetchMisses } = recordingTransport((slug) => anAnswer({ slug, ...decision }));
    await visit();
    await visit();
    expect(fetchMisses).toHaveBeenCalledTimes(2);
  });

  it.each(["{", "null", "7", '{"subject":"user:12","stamp":"1","answers":{"pricing-tiers undefined":3}}'])(
    "survives %s in its place",
    async (stored) => {
      const { fetchMisses } = recordingTransport();
      localStorage.setItem("cal_experiments", stored);
      await visit();
      expect(probed.result.variant).toBe("urgent");
      expect(fetchMisses).toHaveBeenCalledOnce();
    },
  );

  it("may be forbidden", async () => {
    const { fetchMisses } = recordingTransport();
    const forbidden = vi.spyOn(window, "localStorage", "get").mockImplementation(() => {
      throw new DOMException("The operation is insecure.", "SecurityError");
    });
    await visit();
    await visit();
    forbidden.mockRestore();
    expect(probed.result.variant).toBe("urgent");
    expect(fetchMisses).toHaveBeenCalledTimes(2);
  });
});
