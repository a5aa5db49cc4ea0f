// breaks: depcruise/domain-imports-its-own-folder-only
import { Injectable } from '@nestjs/common';

export const framework = Injectable;
