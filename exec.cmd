@rem Every npm script begins with `exec`, so that no shell stands between npm and the program (a signal to npm would
@rem end at that shell). cmd.exe has no such word; this is it.
@%*
