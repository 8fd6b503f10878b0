import { describe, expect, test } from "vitest";
import { activeLink } from "./nav-link";

const links = [
  { href: "/teams/design-studio", section: "/teams", label: "Dashboard" },
  { href: "/settings/billing", label: "Billing" },
  { href: "/settings/profile", section: "/settings", label: "Settings" },
];

describe("activeLink", () => {
  test.each([
    ["/settings/billing", "Billing"],
    ["/settings/profile", "Settings"],
    ["/settings/admin/experiments/upgrade-button-test", "Settings"],
    ["/teams/acme", "Dashboard"],
    ["/settings-of-others", undefined],
    ["/", undefined],
  ])("%s belongs to %s", (pathname, label) => {
    expect(activeLink(links, pathname)?.label).toBe(label);
  });
});
