import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { ExperimentForm } from "../ExperimentForm";
import { MetricsProvider } from "../ExperimentPorts";
import { renderIn } from "../testing/in-english";

afterEach(cleanup);

const show = (locale: "en" | "de" = "en") =>
  renderIn(
    locale,
    <MetricsProvider value={[{ key: "upgrade", name: "Upgrades" }]}>
      <ExperimentForm onSave={vi.fn()} navigate={vi.fn()} cancelHref="/experiments" />
    </MetricsProvider>,
  );

test("a primary metric that is to be the first event is none, as in the summary, until one is entered", () => {
  show();
  const primary = screen.getByRole("combobox", { name: "Primary metric" });
  expect(primary.textContent).toBe("None");
  expect(screen.getByText("Primary metric: None")).toBeTruthy();
  const events = screen.getByRole("textbox", { name: "Client-side conversion events" });
  fireEvent.change(events, { target: { value: "billing_button_clicked" } });
  fireEvent.keyDown(events, { key: "Enter" });
  expect(primary.textContent).toBe("First conversion event: billing_button_clicked");
  fireEvent.keyDown(events, { key: "Backspace" });
  expect(primary.textContent).toBe("None");
});

test("among the metrics to choose from it says so as well, in German, too", () => {
  show("de");
  const primary = screen.getByRole("combobox", { name: "Primäre Metrik" });
  fireEvent.keyDown(primary, { key: "Enter" });
  const options = within(screen.getByRole("listbox")).getAllByRole("option");
  expect(options.map(({ textContent }) => textContent)).toEqual(["Keine", "Upgrades"]);
});
