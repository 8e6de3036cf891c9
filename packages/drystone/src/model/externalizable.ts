/**
 * What is asked of the interface of a service before outsiders may use it, in this order everywhere. After Zalando's RESTful API guidelines
 * (CC BY 4.0), the OWASP rules of Spectral and Amazon's mandate as told by Yegge (metrics.md I8).
 */
export const externalizableItems = [
  { id: "documented", question: "documented", asks: "Each operation, field and error is documented" },
  { id: "versioned", question: "versioned", asks: "It has a version, and breaking changes are checked" },
  { id: "authenticated", question: "authenticated", asks: "Each operation says who may use it" },
  { id: "rate-limited", question: "rate limited", asks: "It says what happens to who asks too often" },
  { id: "leaks", question: "nothing internal leaks", asks: "No internal identifiers or types are shown" },
  { id: "evolution", question: "evolution policy", asks: "What is deprecated has a date" },
  { id: "robust", question: "robust to extension", asks: "Fields and values can be added without breaking anybody" },
  { id: "audience", question: "audience and owner", asks: "It says for whom it is and who answers for it" },
  { id: "paginated", question: "lists come in pages", asks: "No list grows without end" },
  { id: "back-door", question: "no back door", asks: "Nobody reaches the data or the code behind it" },
] as const;

export type ExternalizableItem = (typeof externalizableItems)[number]["id"];

/** Without these it is not opened, whatever the rest is. */
export const neededToOpen: readonly ExternalizableItem[] = ["documented", "versioned", "authenticated", "back-door"];
