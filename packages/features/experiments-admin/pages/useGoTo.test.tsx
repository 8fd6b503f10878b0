import { renderHook } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { basePathOf, useGoTo } from "./useGoTo";

const next = vi.hoisted(() => ({ pathname: "/admin/new", push: () => {} }));
vi.mock("next/navigation", () => ({
  usePathname: () => next.pathname,
  useRouter: () => ({ push: next.push }),
}));

test.each([
  ["no base path", "/admin/new", "/admin/x?tab=setup#a", "/admin/x?tab=setup#a"],
  ["a base path", "/base/admin/new", "/base/admin/x?tab=setup", "/admin/x?tab=setup"],
  ["a base path, to its top", "/base/admin/new", "/base", "/"],
])("with %s, the router gets each address without what it adds itself", (_, here, address, path) => {
  next.push = vi.fn();
  window.history.replaceState(null, "", here);
  renderHook(() => useGoTo()).result.current(address);
  expect(next.push).toHaveBeenCalledExactlyOnceWith(path);
});

test("a base path is what stands before the path that Next knows, however slashes end", () => {
  expect(basePathOf("/base/admin/new/", "/admin/new")).toBe("/base");
  expect(basePathOf("/base", "/")).toBe("/base");
  expect(basePathOf("/admin/new", "/admin/new/")).toBe("");
});
