import type { WordsKey } from "../../../catalogue/message-words.ts";

/** What people answer with most. */
export const quickEmoji: readonly string[] = ["👍", "❤️", "😂", "🎉", "😮", "😢"];

/** A small choice, in the groups that keyboards have. */
export const emojiGroups: readonly { name: WordsKey; emoji: readonly string[] }[] = [
  {
    name: "messages.emoji-people",
    emoji: split(
      "😀 😃 😄 😁 😆 😅 😂 🙂 🙃 😉 😊 😇 🥰 😍 😘 😋 😜 🤪 🤔 🤨 😐 🙄 😏 😌 😴 🤒 🤯 😎 🤓 😮 😢 😭 😱 😤 😡 🥳 👍 👎 👌 ✌️ 🤞 🤙 👋 🙏 👏 🙌 💪 🫶 🤝 👀",
    ),
  },
  {
    name: "messages.emoji-nature",
    emoji: split(
      "🐶 🐱 🐭 🐰 🦊 🐻 🐼 🐸 🐵 🐔 🐧 🐦 🦆 🦉 🐝 🦋 🐢 🐙 🐳 🐬 🌵 🌲 🌱 🍀 🌷 🌻 🌈 ☀️ 🌙 ⭐ ☁️ 🌧️ ❄️ 🔥 🌊",
    ),
  },
  {
    name: "messages.emoji-food",
    emoji: split("🍵 ☕ 🍺 🍷 🥤 🍏 🍌 🍓 🍒 🍉 🥑 🥕 🍅 🥐 🍞 🧀 🍕 🍔 🍝 🍣 🍪 🎂 🍰 🍫 🍦"),
  },
  {
    name: "messages.emoji-things",
    emoji: split("🏠 🏡 🏫 ⚓ 🗼 🚲 🚂 ✈️ 🚀 🎈 🎁 🎸 🎨 📷 💻 📱 🔑 🔒 💡 📚 ✏️ 📎 📌 🔔 🕰️"),
  },
  {
    name: "messages.emoji-signs",
    emoji: split("❤️ 🧡 💛 💚 💙 💜 🖤 💔 💯 ✨ 🎉 ✅ ❌ ❓ ❗ ➕ ♻️ 🏳️‍🌈 💤 💬"),
  },
];

function split(emoji: string): readonly string[] {
  return emoji.split(" ");
}
