// breaks: depcruise/brokers-stay-in-messaging
import { connect } from 'amqplib';

export const open = connect;
