export { Conversation, type ConversationSettings } from "./conversation.ts";
export { obey, tell } from "./obey.ts";
export { commandOf, familyOf, isRuntime, RUNTIMES, type RuntimeFamily, type RuntimeName } from "./runtime.ts";
