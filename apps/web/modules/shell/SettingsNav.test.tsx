import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { SettingsNav } from "./SettingsNav";

vi.mock("next/navigation", () => ({ usePathname: () => "/settings/admin/flags" }));

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const groups = [
  { title: "Personal", links: [{ href: "/settings/profile", label: "Profile" }] },
  { title: "Administration", links: [{ href: "/settings/admin/flags", label: "Flags" }] },
];

test("the page that is open is brought into a row that is too long", () => {
  const right = (element: Element) => (element.hasAttribute("aria-current") ? 460 : 376);
  vi.spyOn(Element.prototype, "getBoundingClientRect").mockImplementation(function (this: Element) {
    return new DOMRect(0, 0, right(this), 44);
  });
  const { container } = render(<SettingsNav groups={groups} />);
  expect(screen.getByRole("link", { current: "page" }).textContent).toBe("Flags");
  expect(container.firstElementChild?.scrollLeft).toBe(84);
});

test("a row that shows it stays where it is", () => {
  const { container } = render(<SettingsNav groups={groups} />);
  expect(container.firstElementChild?.scrollLeft).toBe(0);
});
