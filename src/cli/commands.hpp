// One command, one file; this header names them for the table in commands.cpp.
#pragma once

#include "cli/command.hpp"

namespace muniment::cli {

extern const Command kAttachmentSave;
extern const Command kAttachmentThumbnail;
extern const Command kContactAdd;
extern const Command kCoverage;
extern const Command kDisclose;
extern const Command kExportCaseFile;
extern const Command kHarvest;
extern const Command kHelp;
extern const Command kImport;
extern const Command kInit;
extern const Command kLog;
extern const Command kMedia;
extern const Command kPolicy;
extern const Command kRebuild;
extern const Command kReplay;
extern const Command kSearch;
extern const Command kShow;
extern const Command kSourceAdd;
extern const Command kSourceList;
extern const Command kSourcePause;
extern const Command kSourceRemove;
extern const Command kSourceResume;
extern const Command kSourceWatch;
extern const Command kSpot;
extern const Command kSpotDecide;
extern const Command kStatus;
extern const Command kVerify;

}  // namespace muniment::cli
