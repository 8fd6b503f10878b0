import { cleanup, render } from "@testing-library/react";
import { StrictMode } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { anAnswer, Provided, recordingTransport, settle, startAfresh } from "../hooks/testing/test-probe";
import type { ExperimentAnswer } from "../types/answers";
import { Experiment } from "./Experiment";
import { SeenVariant } from "./SeenVariant";

afterEach(cleanup);

startAfresh();

const hero = (
  <Experiment slug="upgrade-button-test" variants={{ control: <p>as ever</p>, urgent: <p>news</p> }} />
);
const shownFor = (answer: Partial<ExperimentAnswer>) =>
  render(<Provided answers={[anAnswer(answer)]}>{hero}</Provided>).container.textContent;

describe("<Experiment>", () => {
  it("shows what stands for the variant, and control for none", () => {
    recordingTransport();
    expect(shownFor({})).toBe("news");
    expect(shownFor({ variant: "control", isControl: true })).toBe("as ever");
    expect(shownFor({ variant: null, reason: "not_targeted" })).toBe("as ever");
    expect(shownFor({ variant: "toString" })).toBe("as ever");
  });

  it("shows its fallback to those without a variant, where there is one", () => {
    recordingTransport();
    const { container } = render(
      <Provided answers={[anAnswer({ variant: null, reason: "paused" })]}>
        <Experiment slug="upgrade-button-test" variants={{ control: "a", urgent: "b" }} fallback="c" />
      </Provided>,
    );
    expect(container.textContent).toBe("c");
  });

  it("counts once what it shows", async () => {
    const { exposures } = recordingTransport();
    render(
      <StrictMode>
        <Provided>
          {hero}
          {hero}
        </Provided>
      </StrictMode>,
    );
    await settle();
    expect(exposures.flatMap(({ seen }) => seen)).toHaveLength(1);
  });

  it("asks for what no provider named, and shows control until then", async () => {
    const { fetchMisses, exposures } = recordingTransport();
    const { container } = render(hero);
    expect(container.textContent).toBe("as ever");
    await settle();
    expect(fetchMisses).toHaveBeenCalledOnce();
    expect(container.textContent).toBe("news");
    await vi.waitFor(() => expect(exposures).toHaveLength(1), { timeout: 20_000 });
  });

  it("is checked against the registry: each variant, and no other", () => {
    // @ts-expect-error: urgent is missing
    const missing = <Experiment slug="upgrade-button-test" variants={{ control: "a" }} />;
    const variants = { control: "a", urgent: "b", loud: "c" };
    // @ts-expect-error: no such variant
    const unknown = <Experiment slug="upgrade-button-test" variants={{ ...variants, loud: "c" }} />;
    expect([missing, unknown]).toHaveLength(2);
  });
});

describe("<SeenVariant>", () => {
  it("counts what the server rendered, without a provider and once with one", async () => {
    const { exposures } = recordingTransport();
    const seen = <SeenVariant answer={anAnswer({ slug: "pricing-tiers" })}>prices</SeenVariant>;
    const { container } = render(
      <StrictMode>
        <Provided>
          {seen}
          {seen}
        </Provided>
      </StrictMode>,
    );
    expect(container.textContent).toBe("pricesprices");
    await settle();
    expect(exposures.flatMap(({ seen: [one] }) => one?.answer.slug)).toEqual(["pricing-tiers"]);
  });

  it.each([
    { variant: "urgent", reason: "winner" },
    { variant: null, reason: "bot" },
  ] as const)("counts no $reason", async (decision) => {
    const { exposures } = recordingTransport();
    render(<SeenVariant answer={anAnswer(decision)}>shown</SeenVariant>);
    await settle();
    expect(exposures).toEqual([]);
  });
});
