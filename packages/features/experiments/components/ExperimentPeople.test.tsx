import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { type ExperimentMember, ExperimentPeople } from "./ExperimentPeople";
import { renderInEnglish } from "./testing/in-english";

afterEach(cleanup);

const uma: ExperimentMember = {
  id: 2,
  name: "Uma",
  email: "uma@example.com",
  role: "viewer",
  isSystemAdmin: false,
};
const ada: ExperimentMember = {
  id: 1,
  name: "Ada",
  email: "ada@example.com",
  role: "admin",
  isSystemAdmin: true,
};

function show(refusal: string | null = null) {
  const onSetRole = vi.fn(async () => refusal);
  renderInEnglish(
    <ExperimentPeople state={{ status: "ready", members: [ada, uma] }} onSetRole={onSetRole} />,
  );
  return onSetRole;
}

test("an administrator of the application has no role to take away here", () => {
  show();
  expect(screen.getByText("App administrator")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Remove Ada’s role" })).toBeNull();
});

test("a role is given by address, and the field is empty again", async () => {
  const onSetRole = show();
  const field = screen.getByLabelText("Email address");
  fireEvent.change(field, { target: { value: " new@example.com " } });
  fireEvent.click(screen.getByRole("button", { name: "Add" }));
  await waitFor(() => expect((field as HTMLInputElement).value).toBe(""));
  expect(onSetRole).toHaveBeenCalledWith("new@example.com", "editor");
});

test("a refusal stands at the field", async () => {
  show("Nobody here has the address no@example.com.");
  const field = screen.getByLabelText("Email address");
  fireEvent.change(field, { target: { value: "no@example.com" } });
  fireEvent.click(screen.getByRole("button", { name: "Add" }));
  await screen.findByText("Nobody here has the address no@example.com.");
  expect(field.getAttribute("aria-invalid")).toBe("true");
});

test("a role is taken away", async () => {
  const onSetRole = show();
  fireEvent.click(screen.getByRole("button", { name: "Remove Uma’s role" }));
  await waitFor(() => expect(onSetRole).toHaveBeenCalledWith("uma@example.com", null));
});

test("the role that is about to be given is explained where it is chosen", () => {
  show();
  const choice = screen.getByRole("combobox", { name: "Role" });
  const sentence = document.getElementById(choice.getAttribute("aria-describedby") ?? "");
  expect(sentence?.textContent).toBe("Can view, create, edit, start and pause experiments.");
});
