import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SettingsNav } from "./SettingsNav";

vi.mock("next/navigation", () => ({ usePathname: () => "/settings/admin/flags" }));

beforeEach(() => {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      disconnect() {}
    },
  );
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const groups = [
  { title: "Personal", links: [{ href: "/settings/profile", label: "Profile" }] },
  { title: "Administration", links: [{ href: "/settings/admin/flags", label: "Flags" }] },
];

test("the page that is open is brought into a row that is too long", () => {
  vi.spyOn(Element.prototype, "getBoundingClientRect").mockImplementation(function (this: Element) {
    return new DOMRect(0, 0, this.hasAttribute("aria-current") ? 460 : 376, 44);
  });
  const { container } = render(<SettingsNav groups={groups} />);
  expect(screen.getByRole("link", { current: "page" }).textContent).toBe("Flags");
  expect(container.firstElementChild?.scrollLeft).toBeGreaterThan(460 - 376);
});
