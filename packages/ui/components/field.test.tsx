import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import { Field } from "./field";
import { Input } from "./input";
import { SegmentedControl } from "./segmented-control";
import { Select, SelectTrigger, SelectValue } from "./select";

afterEach(cleanup);

describe("Field", () => {
  test("gives the control inside its name, its hint and its error, error first", () => {
    render(
      <Field label="Slug" htmlFor="slug" hint="Used in code." error="This slug is taken." required>
        <Input />
      </Field>,
    );
    const input = screen.getByLabelText(/^Slug/);
    expect(descriptionsOf(input)).toEqual(["This slug is taken.", "Used in code."]);
    expect(input.getAttribute("aria-invalid")).toBe("true");
    expect(input.getAttribute("aria-required")).toBe("true");
  });

  test("says nothing of errors, hints or duty where there are none", () => {
    render(
      <Field label="Slug" htmlFor="slug" error="">
        <Input />
      </Field>,
    );
    const input = screen.getByLabelText("Slug");
    for (const name of ["aria-describedby", "aria-invalid", "aria-required"]) {
      expect(input.hasAttribute(name)).toBe(false);
    }
  });

  test("an error that comes later appears in a region that was announced before", () => {
    const field = (error?: string) => (
      <Field label="Slug" htmlFor="slug" error={error}>
        <Input />
      </Field>
    );
    const { container, rerender } = render(field());
    const region = container.querySelector("[aria-live=polite]");
    expect(region?.textContent).toBe("");
    rerender(field("This slug is taken."));
    expect(region?.textContent).toBe("This slug is taken.");
  });

  test("a label that is hidden still names the control", () => {
    render(
      <Field label="Conversion window" htmlFor="days" isLabelHidden>
        <Input />
      </Field>,
    );
    expect(screen.getByLabelText("Conversion window").id).toBe("days");
    expect(screen.getByText("Conversion window").className).toContain("sr-only");
  });

  test("what stands beside the control is no part of its description", () => {
    render(
      <Field
        label="Metric"
        htmlFor="metric"
        hint="Decides the verdict."
        beside={<button type="button">New</button>}
      >
        <Input />
      </Field>,
    );
    expect(descriptionsOf(screen.getByLabelText("Metric"))).toEqual(["Decides the verdict."]);
    expect(screen.getByRole("button", { name: "New" })).toBeTruthy();
  });

  test("leaves a second control, which has its own id, alone", () => {
    render(
      <Field label="Split" htmlFor="control-share" error="Must sum to 100.">
        <Input />
        <Input id="urgent-share" aria-label="urgent" />
      </Field>,
    );
    expect(screen.getByLabelText("Split").id).toBe("control-share");
    const other = screen.getByLabelText("urgent");
    expect(other.id).toBe("urgent-share");
    expect(other.hasAttribute("aria-invalid")).toBe(false);
  });

  test("keeps the control's own description beside the field's", () => {
    render(
      <Field label="Slug" htmlFor="slug" hint="Used in code.">
        <Input aria-describedby="elsewhere" />
      </Field>,
    );
    expect(screen.getByLabelText("Slug").getAttribute("aria-describedby")).toBe("elsewhere slug-hint");
  });

  test("reaches the trigger of a select", () => {
    render(
      <Field label="Unit" htmlFor="unit" error="Choose a unit.">
        <Select>
          <SelectTrigger>
            <SelectValue placeholder="Choose" />
          </SelectTrigger>
        </Select>
      </Field>,
    );
    const trigger = screen.getByRole("combobox");
    expect(trigger.id).toBe("unit");
    expect(descriptionsOf(trigger)).toEqual(["Choose a unit."]);
  });

  test("names a group, which a label alone cannot do", () => {
    render(
      <Field label="Unit" htmlFor="unit">
        <SegmentedControl
          value="user"
          onValueChange={() => {}}
          options={[{ value: "user", label: "User" }]}
        />
      </Field>,
    );
    expect(screen.getByRole("radiogroup", { name: "Unit" }).id).toBe("unit");
  });
});

function descriptionsOf(element: HTMLElement): (string | undefined)[] {
  const ids = element.getAttribute("aria-describedby")?.split(" ") ?? [];
  return ids.map((id) => document.getElementById(id)?.textContent);
}
