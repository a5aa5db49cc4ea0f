// breaks: depcruise/contract-documents-need-no-server
export { Injectable } from '@nestjs/common';
