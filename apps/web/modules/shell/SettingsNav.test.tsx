import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { SettingsNav } from "./SettingsNav";

vi.mock("next/navigation", () => ({ usePathname: () => "/settings/admin/flags" }));

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  Reflect.deleteProperty(document, "fonts");
});

const groups = [
  { title: "Personal", links: [{ href: "/settings/profile", label: "Profile" }] },
  { title: "Administration", links: [{ href: "/settings/admin/flags", label: "Flags" }] },
];

/** So wide is the end of a row that has more. */
const FADE = 48;

/** Where the link of the page that is open ends; the row ends at 376. */
function placeLink(right: () => number) {
  vi.spyOn(Element.prototype, "getBoundingClientRect").mockImplementation(function (this: Element) {
    return new DOMRect(0, 0, this.hasAttribute("aria-current") ? right() : 376, 44);
  });
}

/** jsdom has no fonts; the promise is fulfilled by the function. */
function fontsToCome(): () => void {
  let load = () => {};
  const ready = new Promise<void>((resolve) => {
    load = resolve;
  });
  Object.defineProperty(document, "fonts", { configurable: true, value: { ready } });
  return load;
}

test("the page that is open is brought into a row that is too long, and out of its faded end", () => {
  placeLink(() => 460);
  const { container } = render(<SettingsNav groups={groups} />);
  expect(screen.getByRole("link", { current: "page" }).textContent).toBe("Flags");
  expect(container.firstElementChild?.scrollLeft).toBe(84 + FADE);
});

test("it is brought into view again once the page's font has come, which may be wider", async () => {
  const loadFonts = fontsToCome();
  let right = 400;
  placeLink(() => right);
  const { container } = render(<SettingsNav groups={groups} />);
  expect(container.firstElementChild?.scrollLeft).toBe(24 + FADE);
  // By so much the row has been scrolled; the wider font has pushed the link beyond its end again.
  right = 376 - FADE + 14;
  await act(async () => loadFonts());
  expect(container.firstElementChild?.scrollLeft).toBe(24 + FADE + 14);
});

test("fonts that come after the page was left do nothing", async () => {
  const loadFonts = fontsToCome();
  placeLink(() => 400);
  const { container, unmount } = render(<SettingsNav groups={groups} />);
  const row = container.firstElementChild;
  unmount();
  await act(async () => loadFonts());
  expect(row?.scrollLeft).toBe(24 + FADE);
});

test("a row that shows it stays where it is", () => {
  placeLink(() => 376 - FADE);
  const { container } = render(<SettingsNav groups={groups} />);
  expect(container.firstElementChild?.scrollLeft).toBe(0);
});
