"use client";

import { ErrorMessage, type ErrorMessageProps } from "@/modules/shell/ErrorMessage";

/** The sections of these pages bring their own space above and below. */
export default function SiteError(props: ErrorMessageProps) {
  return (
    <div className="py-6 sm:py-8">
      <ErrorMessage {...props} />
    </div>
  );
}
