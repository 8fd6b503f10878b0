import { LocaleProvider } from "@calcom/lib/i18n";
import { cleanup, renderHook } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { useCommands } from "./useCommands";

vi.mock("next/navigation", () => ({ useRouter: () => ({ push: vi.fn(), refresh: vi.fn() }) }));

afterEach(cleanup);

test("what can be done ranks above the pages that match as well", () => {
  const wrapper = ({ children }: { children: React.ReactNode }) => (
    <LocaleProvider t={(key) => key} locale="en">
      {children}
    </LocaleProvider>
  );
  const rights = { permissions: ["view", "edit"], isAdministrator: true };
  const { result } = renderHook(() => useCommands("flag", rights), { wrapper });
  expect(result.current.flatMap(({ items }) => items.map(({ label }) => label))).toEqual([
    "flag_new",
    "nav_flags",
  ]);
});
