// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The data folder. Swift's modules have the same ones (bindings/swift/Sources/SeenByCore/DataFolder.swift): an app and its
// extension may be in different languages.

#import "SeenByCore.h"
#import "SeenBySystem.h"

static NSError *refused(NSString *sentence) { return SBError(SEENBY_ERR_INVALID_PARAMETERS, sentence); }

#ifdef SB_APPLE

static NSString *const kName = @"SeenBy";

/// Without a sandbox all of a user's apps share Application Support.
static NSString *ofApp(void) {
    NSString *support =
        [NSSearchPathForDirectoriesInDomains(NSApplicationSupportDirectory, NSUserDomainMask, YES) firstObject];
    NSString *app = [NSBundle mainBundle].bundleIdentifier;
    if (app.length) support = [support stringByAppendingPathComponent:app];
    return [support stringByAppendingPathComponent:kName];
}

static NSString *ofGroup(NSString *group, NSError **wrong) {
    NSURL *container = [[NSFileManager defaultManager] containerURLForSecurityApplicationGroupIdentifier:group];
    if (container) {
        return [container.path stringByAppendingPathComponent:[@"Library/Application Support" stringByAppendingPathComponent:kName]];
    }
    *wrong = refused([NSString stringWithFormat:@"appGroup %@ is no group of this app; name one of its entitlement "
                                                @"com.apple.security.application-groups",
                                                group]);
    return nil;
}

/// Makes it. It is left out of backups: what the service has need not be in one, and a device that is restored from one must be a
/// new device. A folder that the app gave and made, which may have more in it, is left as it is.
static BOOL make(NSString *folder, BOOL given, NSError **wrong) {
    NSFileManager *files = [NSFileManager defaultManager];
    if (given && [files fileExistsAtPath:folder]) return YES;
    NSError *why = nil;
    NSURL *url = [NSURL fileURLWithPath:folder isDirectory:YES];
    if ([files createDirectoryAtPath:folder withIntermediateDirectories:YES attributes:nil error:&why] &&
        [url setResourceValue:@(YES) forKey:NSURLIsExcludedFromBackupKey error:&why]) {
        return YES;
    }
    *wrong = SBError(SEENBY_ERR_STORE, [NSString stringWithFormat:@"the data folder %@ cannot be made: %@", folder,
                                                                  why.localizedDescription]);
    return NO;
}

static NSString *used(NSString *folder, NSString *group, NSError **wrong) {
    // What is no text is no path either; the library says so.
    if (folder.length && ![folder canBeConvertedToEncoding:NSUTF8StringEncoding]) return folder;
    const BOOL given = folder.length > 0;
    if (!given) folder = group.length ? ofGroup(group, wrong) : ofApp();
    return folder.length && make(folder, given, wrong) ? folder : nil;
}

#else

static NSString *used(NSString *folder, NSString *group, NSError **wrong) {
    if (group.length && !folder.length) {
        *wrong = refused([NSString stringWithFormat:@"appGroup is %@, and there are none outside of Apple's systems; give "
                                                    @"dataFolder",
                                                    group]);
    }
    return folder;
}

#endif

NSString *SBDataFolder(SeenByConfig *config, NSError **wrong) {
    SB_ARENA(arena);
    bool uses = false;
    const int32_t code = seenby_uses_data_folder(SBText(&arena, config.server), &uses);
    if (code != SEENBY_OK) *wrong = SBLastError(code);
    // Nothing is to be made that is not used.
    return uses ? used(config.dataFolder, config.appGroup, wrong) : config.dataFolder;
}
