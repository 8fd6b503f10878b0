"use client";

export { ErrorMessage as default } from "@/modules/shell/ErrorMessage";
