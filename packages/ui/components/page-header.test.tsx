import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { PageHeader } from "./page-header";

afterEach(cleanup);

const rowOf = (title: string) =>
  screen.getByRole("heading", { name: title }).parentElement?.parentElement?.className;

test("on a phone a single action stands beside the title, so that the page begins higher", () => {
  render(<PageHeader title="One" description="Text" actions={<button type="button">New</button>} />);
  expect(rowOf("One")).toContain("max-sm:grid");
});

test("several actions begin a line of their own", () => {
  render(
    <PageHeader
      title="Two"
      actions={
        <>
          <button type="button">Edit</button>
          <button type="button">Start</button>
        </>
      }
    />,
  );
  expect(rowOf("Two")).not.toContain("max-sm:grid");
});
