// The window of a form: on which days it is taken. A draft may be kept on any day.
// @ts-check

/** @typedef {{opens: string, until: string, early: string, over: string} | Record<string, never>} Days  empty where no window is set */

/**
 * Says why a form cannot be sent on a day; empty where it can.
 * @param {Days | undefined} days @param {Date} now
 */
export function closedOn(days, now) {
  if (!days?.opens) return "";
  const today = now.toLocaleDateString("sv-SE", { timeZone: "Asia/Jakarta" }); // ISO 8601
  if (today < days.opens) return days.early;
  return today > days.until ? days.over : "";
}
