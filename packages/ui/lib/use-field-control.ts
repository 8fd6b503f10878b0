"use client";

import * as React from "react";

type FieldControl = {
  id: string;
  labelId: string;
  describedBy: string | undefined;
  isInvalid: boolean;
  isRequired: boolean;
};

export const FieldContext = React.createContext<FieldControl | null>(null);

type ControlProps = Pick<
  React.AriaAttributes,
  "aria-describedby" | "aria-invalid" | "aria-required" | "aria-labelledby"
> & { id?: string | undefined };

/**
 * What a control inside a `Field` puts on its element: id, description, invalid, required. Its own props win, save that
 * descriptions are joined. Outside of a field, or for a control that bears another id, the props come back unchanged.
 */
export function useFieldControl(
  props: ControlProps,
  { isGroup = false }: { isGroup?: boolean } = {},
): ControlProps {
  const field = React.useContext(FieldContext);
  if (field === null || (props.id !== undefined && props.id !== field.id)) return props;
  return {
    ...props,
    id: field.id,
    "aria-describedby": [props["aria-describedby"], field.describedBy].filter(Boolean).join(" ") || undefined,
    "aria-invalid": props["aria-invalid"] ?? (field.isInvalid || undefined),
    "aria-required": props["aria-required"] ?? (field.isRequired || undefined),
    // A <label for> names only labelable elements; a group takes its name by reference.
    ...(isGroup && props["aria-labelledby"] === undefined ? { "aria-labelledby": field.labelId } : {}),
  };
}
