import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { renderInEnglish } from "../../testing/in-english";
import { ExposuresChart } from "../charts";
import { CutName } from "./CutName";
import { aResult } from "./testing/results";

afterEach(cleanup);

const LONG = Array.from({ length: 12 }, (_, index) =>
  index === 0 ? "control" : `variant-with-a-rather-long-name-${index}`,
);

/** What a reader is told of each entry, and what is seen of it. */
function entries() {
  const legend = document.querySelector("[data-slot=chart-legend]");
  const items = [...(legend?.querySelectorAll("li") ?? [])];
  return { legend, items };
}

test("the legend of twelve variants stands in columns of single lines, with every name whole for readers", () => {
  renderInEnglish(<ExposuresChart result={aResult({ variants: LONG })} />);
  const { legend, items } = entries();
  expect(legend?.className).toMatch(/grid-cols-\[repeat\(auto-fill/);
  expect(items.map((item) => (item.querySelector(".sr-only") ?? item).textContent)).toEqual(LONG);
  for (const item of items) expect(item.querySelector(".truncate")).not.toBeNull();
});

test("a cut name keeps the end that tells it from the others, and is whole under the pointer", () => {
  renderInEnglish(
    <>
      <CutName name="variant-with-a-rather-long-name-10" />
      <CutName name="variant-with-a-rather-long-name-1" />
      <CutName name="variantwitharatherlongname11" />
      <CutName name="urgent" />
    </>,
  );
  for (const end of ["-name-10", "-name-1", "ngname11"])
    expect(screen.getByText(end).className).toContain("shrink-0");
  screen.getByTitle("variant-with-a-rather-long-name-10");
  expect(screen.getByText("urgent").getAttribute("title")).toBeNull();
});

test("of a few variants the legend shows whole names", () => {
  const variants = ["control", "variant-with-a-rather-long-name-1"];
  renderInEnglish(<ExposuresChart result={aResult({ variants })} />);
  expect(entries().items.map(({ textContent }) => textContent)).toEqual(variants);
});
