export { MessageChannel, MessageKind } from './message.rules.js';
export { type Delivery, Messenger, Messengers, type Outgoing, Undeliverable } from './messenger.js';
export { MessagingModule } from './messaging.module.js';
export { OutgoingMessage } from './outgoing-message.entity.js';
