"use client";

import { type RefObject, useEffect, useRef } from "react";
import { type Control, useFormState } from "react-hook-form";
import type { FormValues } from "./form-values";

/**
 * Focuses the first control that is marked invalid, in the order of the page. The form tells of a refusal before it
 * marks the controls, so that each change of its state is looked at until there is a mark.
 */
export function useFirstErrorFocus(control: Control<FormValues>): {
  element: RefObject<HTMLFormElement | null>;
  focusFirstError: () => void;
} {
  const element = useRef<HTMLFormElement>(null);
  const isWanted = useRef(false);
  const { errors, isSubmitting } = useFormState({ control });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it reads are the marks that these make
  useEffect(() => {
    if (!isWanted.current || isSubmitting) return;
    const first = firstInvalid(element.current);
    if (first === null) return;
    isWanted.current = false;
    first.focus();
  }, [errors, isSubmitting]);
  function focusFirstError() {
    isWanted.current = true;
  }
  return { element, focusFirstError };
}

export function firstInvalid(form: HTMLFormElement | null): HTMLElement | null {
  return form?.querySelector<HTMLElement>("[aria-invalid=true]") ?? null;
}
