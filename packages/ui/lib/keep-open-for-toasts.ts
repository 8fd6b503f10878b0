/**
 * For `onInteractOutside` of a dialog: a toast lies beside it and is part of it, so that what was done in the dialog can
 * be taken back without leaving it.
 */
export function keepOpenForToasts(event: CustomEvent<{ originalEvent: Event }>): void {
  const { target } = event.detail.originalEvent;
  if (target instanceof Element && target.closest("[data-sonner-toaster]") !== null) event.preventDefault();
}
