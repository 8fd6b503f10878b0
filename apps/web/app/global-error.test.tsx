import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import GlobalError from "./global-error";

vi.mock("@/modules/shell/fonts", () => ({ fontClasses: "" }));
afterEach(cleanup);

test("what stands where even the root layout failed can be read in every language, without a provider", () => {
  render(<GlobalError error={new Error("broken")} />, { container: document });
  screen.getByRole("heading", { name: "Something went wrong on our side" });
  fireEvent.click(screen.getByRole("button", { name: "Deutsch" }));
  screen.getByRole("heading", { name: "Bei uns ist etwas schiefgegangen" });
  expect(document.documentElement.lang).toBe("de");
  expect(screen.getByRole("button", { name: "Deutsch" }).getAttribute("aria-pressed")).toBe("true");
});
