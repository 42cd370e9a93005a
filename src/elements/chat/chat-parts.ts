// What a device shows once somebody is signed in. The door comes first; this comes after it.
import "./homeroom-chat-account.ts";
import "./homeroom-chat-directory.ts";
import "./homeroom-chat-encryption.ts";
import "./homeroom-chat-invite.ts";
import "./homeroom-chat-keys-banner.ts";
import "./homeroom-chat-leave.ts";
import "./homeroom-chat-list.ts";
import "./homeroom-chat-members.ts";
import "./homeroom-chat-new.ts";
import "./homeroom-chat-room.ts";
import "./homeroom-chat-room-menu.ts";
import "./homeroom-chat-search.ts";
import "./homeroom-chat-settings.ts";
import "./homeroom-chat-space-rooms.ts";
import "./homeroom-chat-verification.ts";

export { demonstrateChat } from "./chat-demonstration.ts";
