"use client";

import { ErrorMessage, type ErrorMessageProps } from "@/modules/shell/ErrorMessage";

export default function ErrorPage(props: ErrorMessageProps) {
  return (
    <main className="px-4 sm:px-6">
      <ErrorMessage {...props} />
    </main>
  );
}
