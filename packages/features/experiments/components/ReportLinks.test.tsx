import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { ReportLinks, type ReportLinksProps } from "./ReportLinks";
import { renderInEnglish } from "./testing/in-english";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const expiresAt = new Date("2026-12-10T10:00:00Z");
const made = { address: "https://app.example/reports/abc", expiresAt };
const aLink = { id: "1", maker: { name: "Ada" }, createdAt: new Date("2026-12-03T10:00:00Z"), expiresAt };

function show(change: Partial<ReportLinksProps> = {}) {
  const calls = { onMake: vi.fn(), onRevoke: vi.fn(), onDaysChange: vi.fn() };
  renderInEnglish(
    <ReportLinks made={null} live={[]} failure={null} isMaking={false} days={7} {...calls} {...change} />,
  );
  fireEvent.click(screen.getByRole("button", { name: "Share…" }));
  return calls;
}

const primary = () =>
  screen
    .getAllByRole("button")
    .filter((button) => button.className.includes("bg-primary-solid"))
    .map(({ textContent }) => textContent);

test("what is to be done comes first: to create a link, then to copy it; those that are there stand back", () => {
  show({ live: [aLink] });
  expect(primary()).toEqual(["Create link"]);
  cleanup();
  show({ live: [aLink], made });
  expect(primary()).toEqual(["Copy link"]);
});

test("how long it is valid is chosen from what is in view", () => {
  const { onDaysChange } = show();
  const days = screen.getAllByRole("radio");
  expect(days.map(({ textContent }) => textContent)).toEqual(["1 day", "7 days", "30 days", "90 days"]);
  expect(screen.getByRole("radiogroup", { name: "Valid for" })).toBeTruthy();
  expect(screen.getByRole("radio", { name: "7 days" }).getAttribute("aria-checked")).toBe("true");
  fireEvent.click(screen.getByRole("radio", { name: "30 days" }));
  expect(onDaysChange).toHaveBeenCalledWith(30);
});

test("a link that was made, and that it was copied, are told apart from each other", async () => {
  const writeText = vi.fn(async () => undefined);
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  show({ made });
  const status = screen.getByRole("status");
  expect(status.textContent).toMatch(
    /^Copy the link now: it is shown only once. It is valid until 10 Dec 2026/,
  );
  const button = screen.getByRole("button", { name: "Copy link" });
  fireEvent.click(button);
  const copied = await screen.findByText("Copied", { selector: "[aria-live]" });
  expect(writeText).toHaveBeenCalledWith(made.address);
  expect(status.contains(copied)).toBe(false);
  await waitFor(() => expect(button.textContent).toBe("Copied"));
});
