import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import { SplitBar } from "./split-bar";

afterEach(cleanup);

describe("SplitBar", () => {
  test("says each share in words, to two decimals at most", () => {
    render(
      <SplitBar
        label="Split"
        variants={[
          { name: "control", percentage: 33.34 },
          { name: "urgent", percentage: 33.33333 },
          { name: "calm", percentage: 33.3 },
        ]}
      />,
    );
    screen.getByRole("img", { name: "Split: control 33.34%, urgent 33.33%, calm 33.3%" });
  });

  test("draws control grey, and the others by their place, an empty variant or not", () => {
    const { container } = render(
      <SplitBar
        variants={[
          { name: "control", percentage: 50 },
          { name: "retired", percentage: 0 },
          { name: "urgent", percentage: 50 },
        ]}
      />,
    );
    expect(segmentsOf(container)).toEqual([
      { grow: "50", colour: "var(--variant-0)" },
      { grow: "50", colour: "var(--variant-2)" },
    ]);
  });

  test("leaves what is missing to 100 empty", () => {
    const { container } = render(<SplitBar variants={[{ name: "control", percentage: 40 }]} />);
    const rest = container.querySelector<HTMLElement>("[data-slot=split-bar-rest]");
    expect(rest?.style.flexGrow).toBe("60");
  });

  test("leaves nothing empty at 100 or above", () => {
    const { container } = render(
      <SplitBar
        variants={[
          { name: "control", percentage: 80 },
          { name: "urgent", percentage: 80 },
        ]}
      />,
    );
    expect(container.querySelector("[data-slot=split-bar-rest]")).toBeNull();
  });

  test("never gives the grey of control to a later variant, however many there are", () => {
    const variants = Array.from({ length: 16 }, (_, index) => ({ name: `v${index}`, percentage: 6.25 }));
    const { container } = render(<SplitBar variants={variants} />);
    const greys = segmentsOf(container).filter(({ colour }) => colour === "var(--variant-0)");
    expect(greys).toHaveLength(1);
  });
});

function segmentsOf(container: HTMLElement) {
  const segments = [...container.querySelectorAll<HTMLElement>("[data-slot=split-bar-segment]")];
  return segments.map(({ style }) => ({ grow: style.flexGrow, colour: style.backgroundColor }));
}
