import { cleanup, render } from "@testing-library/react";
import { useRef } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useCurrentInView } from "./use-current-in-view";

/** So wide is the faded end of a row. */
const FADE = 48;
const ROW = { left: 14, right: 376 };

/** What the browser would tell of a change in size; jsdom has no layout. */
let resized: () => void = () => {};
const observed: Element[] = [];

beforeEach(() => {
  observed.length = 0;
  vi.stubGlobal(
    "ResizeObserver",
    class {
      constructor(tell: () => void) {
        resized = tell;
      }
      observe(element: Element) {
        observed.push(element);
      }
      disconnect() {
        resized = () => {};
      }
    },
  );
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** Where the current item would be in a row that is not scrolled, and where the one after it ends. */
function placeItem(item: () => { left: number; right: number }, nextEnd = () => item().right) {
  vi.spyOn(Element.prototype, "getBoundingClientRect").mockImplementation(function (this: Element) {
    const scrolled = this.closest("ul")?.scrollLeft ?? 0;
    if (this.tagName === "LI") return new DOMRect(nextEnd() - 60 - scrolled, 0, 60, 44);
    if (!this.hasAttribute("aria-current")) return new DOMRect(ROW.left, 0, ROW.right - ROW.left, 44);
    const { left, right } = item();
    return new DOMRect(left - scrolled, 0, right - left, 44);
  });
}

function Row({ current }: { current: string }) {
  const row = useRef<HTMLUListElement>(null);
  useCurrentInView(row, current);
  return (
    <ul ref={row}>
      {["profile", "billing", "flags"].map((name) => (
        <li key={name}>
          <a href={`/${name}`} aria-current={name === current ? "page" : undefined}>
            {name}
          </a>
        </li>
      ))}
    </ul>
  );
}

function show(current: string) {
  const { container, rerender, unmount } = render(<Row current={current} />);
  const row = container.firstElementChild as HTMLElement;
  return { row, go: (next: string) => rerender(<Row current={next} />), unmount };
}

test("the current item is brought into a row that is too long, and out of its faded end", () => {
  placeItem(() => ({ left: 310, right: 410 }));
  expect(show("flags").row.scrollLeft).toBe(410 + FADE - ROW.right);
});

test("a row that was scrolled to its end goes back to an item before its start", () => {
  let item = { left: 310, right: 410 };
  placeItem(() => item);
  const { row, go } = show("flags");
  item = { left: 100, right: 150 };
  go("billing");
  expect(item.left - row.scrollLeft).toBe(ROW.left + FADE);
});

test("the current item stays whole when a size changes: the row’s, or that of any item", () => {
  let item = { left: 200, right: 300 };
  placeItem(() => item);
  const { row } = show("flags");
  expect(row.scrollLeft).toBe(0);
  expect(observed).toEqual([row, ...row.children]);
  item = { left: 290, right: 400 };
  resized();
  expect(row.scrollLeft).toBe(400 + FADE - ROW.right);
});

test("the one after the current item is whole too", () => {
  placeItem(
    () => ({ left: 210, right: 310 }),
    () => 410,
  );
  expect(show("billing").row.scrollLeft).toBe(410 + FADE - ROW.right);
});

test("where there is no room for both, it is the current item that is whole", () => {
  placeItem(
    () => ({ left: 70, right: 310 }),
    () => 410,
  );
  vi.spyOn(Element.prototype, "scrollWidth", "get").mockReturnValue(1_000);
  expect(show("billing").row.scrollLeft).toBe(0);
});

test("what changes after the page was left does nothing", () => {
  let item = { left: 200, right: 300 };
  placeItem(() => item);
  const { row, unmount } = show("flags");
  unmount();
  item = { left: 290, right: 400 };
  resized();
  expect(row.scrollLeft).toBe(0);
});

test("a row that shows the current item whole stays where it is", () => {
  placeItem(() => ({ left: ROW.left + FADE, right: ROW.right - FADE }));
  expect(show("billing").row.scrollLeft).toBe(0);
});
