// breaks: depcruise/test-tools-in-tests-only
export { Test } from '@nestjs/testing';
